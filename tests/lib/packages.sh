#!/bin/sh
# packages.sh: installs the packages that a goal of apxs.mk needs and the machine lacks.
#
#   packages.sh build|run|check|bench|audit|lint|fonts|fresh|package|cluster
#
# No version numbers are written here: Debian's packages postgresql, pgtap, clang and
# libclang-rt-dev depend on the release's own versions.
#
# Prints the packages to be installed. Makes no database cluster and starts no service:
# apache2-bin instead of apache2, and PostgreSQL without its main cluster.
set -eu

build='gcc make perl pkg-config apache2-bin apache2-dev libpq-dev libxml2-dev
       libxslt1-dev libcrypt-dev libssl-dev libxlsxwriter-dev zlib1g-dev libzip-dev libqrencode-dev libical-dev
       libcurl4-openssl-dev libgmime-3.0-dev esbuild'
# mod_dbd's driver for PostgreSQL is a package of its own
run="$build postgresql libaprutil1-dbd-pgsql zip unzip"
# sqlite3: for the test that configtest refuses other databases
# fet: 33 MB of packages, 242 MB unpacked with Qt and its examples (fet-data)
check="$run pgtap libaprutil1-dbd-sqlite3 libwww-perl libxml-libxml-perl
       libdbd-pg-perl libspreadsheet-parsexlsx-perl libarchive-zip-perl libtext-vfile-asdata-perl python3-icalendar python3-prometheus-client xsltproc chromium firefox-esr fonts-dejavu-core fonts-liberation
       poppler-utils zbar-tools oathtool libapache2-mod-auth-openidc fet fet-data faketime clang libclang-rt-dev curl openssl libnss-wrapper pgbackrest unzip libxml2-utils"
# Servers that tests run from a folder (tests/lib/EJ/Servers.pm). They are not installed: that would
# replace the machine's mail server and start services.
servers='exim4-daemon-light kannel kannel-extras'
folder=servers
# The bench needs Postfix's smtp-sink alone, which is beside Exim in no folder: they conflict.
[ "${1:-}" != bench ] || servers=postfix folder=bench_servers

case "${1:-}" in
build) want=$build ;;
run) want=$run ;;
check) want=$check ;;
bench) want="$run libdbd-pg-perl libwww-perl libxml-libxml-perl wrk" ;;
audit) want="$run libdbd-pg-perl libwww-perl liblwp-protocol-https-perl libxml-libxml-perl openssl wapiti sqlmap testssl.sh" ;;
lint) want="$build cppcheck clang-format" ;;
fonts) want='fonts-croscore python3-fonttools python3-brotli' ;;
fresh) want='debootstrap debian-archive-keyring' ;;
cluster) want="$check patroni python3-etcd etcd-server etcd-client haproxy" ;;
package) want="$build debhelper dpkg-dev fakeroot lintian" ;;
*) echo "usage: $0 build|run|check|bench|audit|lint|fonts|fresh|package|cluster" >&2; exit 2 ;;
esac

folder=$(dirname "$0")/../../build/$folder
missing=
for package in $want; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
# Debian's package only if there is no other npm, which may belong to another Node.
if [ "$1" = check ] && ! command -v npm >/dev/null; then
    missing="$missing npm"
fi
wanted_servers=
if { [ "$1" = check ] || [ "$1" = bench ]; } && [ "$(cat "$folder/.made" 2>/dev/null)" != "$servers" ]; then
    wanted_servers=$servers
fi
[ -n "$missing$wanted_servers" ] || exit 0

echo "Installing with apt:$missing${wanted_servers:+ (and into build/${folder##*/}: $wanted_servers)}"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "This needs root or sudo. Install by hand: apt-get install$missing" >&2
    exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"; restore' EXIT

# Debian's package would make a cluster "main" and start it. Both are prevented during the
# installation only.
policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.conf
restore() {
    [ -z "${made_policy:-}" ] || $as_root rm -f "$policy"
    [ -z "${kept_cluster:-}" ] || $as_root mv "$kept_cluster" "$cluster"
    made_policy='' kept_cluster=''
}

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=120 \
        "$@" >>"$log" 2>&1
}

apt_install() {
    apt install --no-install-recommends "$@" || { apt update && apt install --no-install-recommends "$@"; }
}

fail() {
    grep -E '^(E:|Err:|dpkg: error)|No space left' "$log" | head -5 >&2 || tail -3 "$log" >&2
    echo "apt-get could not install:$missing" >&2
    exit 1
}

if [ ! -e "$policy" ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
fi
case "$missing" in
*postgresql* | *pgtap*)
    apt_install postgresql-common || fail
    if ! grep -q '^create_main_cluster *= *false' "$cluster"; then
        kept_cluster=$cluster.ejournal
        $as_root cp -p "$cluster" "$kept_cluster"
        echo 'create_main_cluster = false' | $as_root tee -a "$cluster" >/dev/null
    fi
    ;;
esac
# shellcheck disable=SC2086  # lists of words
[ -z "$missing" ] || apt_install $missing || fail

# Unpack the servers, with the libraries that the machine lacks, into a folder.
unpack() {
    rm -rf "$folder"
    mkdir -p "$folder/debs/partial"
    debs=$(cd "$folder/debs" && pwd)
    # shellcheck disable=SC2086
    apt install --no-install-recommends --download-only -o Dir::Cache::archives="$debs" $servers || return 1
    for deb in "$debs"/*.deb; do dpkg -x "$deb" "$folder/root" || return 1; done
    # a setuid program does not read LD_LIBRARY_PATH
    find "$folder/root/usr/sbin" -perm /6000 -exec chmod ug-s {} + || return 1
    $as_root rm -rf "$folder/debs"
    echo "$servers" >"$folder/.made"
}
if [ -n "$wanted_servers" ]; then
    missing=$servers
    unpack || { apt update && unpack; } || fail
fi
