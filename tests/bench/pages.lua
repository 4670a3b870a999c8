-- pages.lua: what wrk sends. One connection a thread, each thread one seat: it
-- goes through its list of requests for ever. EJ_BENCH_PLAN names a Lua file
-- that returns {run = "…", [1] = {request, …}, …}, a request being
--   {method =, path =, headers = {}, body =}            always the same
--   {…, body = before old, bodies = {one, other}}       saves, turn about, so
-- that every save changes every cell; each is an operation of its own.
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("seat", threads)
end

function init()
    local plan = dofile(os.getenv("EJ_BENCH_PLAN"))
    run, mine, at, count = plan.run, plan[seat], 0, 0
    for _, r in ipairs(mine) do
        r.headers["Host"] = wrk.headers["Host"]
        if not r.bodies then
            r.text = wrk.format(r.method, r.path, r.headers, r.body)
        end
    end
end

local function save(r)
    count = count + 1
    local body = string.format("%s&operation_id=%s-%04x-4000-8000-%012x",
        r.bodies[count % 2 + 1], run, seat, count)
    return wrk.format(r.method, r.path, r.headers, body)
end

function request()
    at = at % #mine + 1
    return mine[at].text or save(mine[at])
end

function done(summary, latency)
    io.write(string.format("bench requests=%d us=%d bytes=%d p50=%d p99=%d refused=%d broken=%d\n",
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
