// provider.mjs: an OpenID Connect provider that asks for a name and believes it.
//   node provider.mjs PORT REDIRECT_URI
// Prints "ready" when it listens.
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'ejournal', client_secret: 'a secret of the test alone', redirect_uris: [redirect] }],
  cookies: { keys: ['a key of the test alone'] },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/who/${interaction.uid}` },
  // the person agrees to everything
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/who/')) return next();
  const name = new URLSearchParams(ctx.querystring).get('name');
  if (name) return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: name } });
  ctx.type = 'text/html';
  ctx.body = `<form action="${ctx.path}"><input name="name"></form>`;
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
