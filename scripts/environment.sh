#!/bin/sh
# Makes .venv hold exactly what a lock file says. Usage: scripts/environment.sh run|test
# `test` installs the test tools too (a superset of `run`) and a browser for the tests that need one.
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-run}
UV_VERSION=0.13.9

say() { printf '%s\n' "$*" >&2; }
fail() { say "Erreur : $*"; exit 1; }

find_python() {
    for candidate in python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "Python 3.11 est introuvable. Sous Debian 12 : apt-get install -y python3 python3-venv"
}

# Installs Debian packages when root; otherwise names the one line to type and stops.
debian_install() {
    purpose=$1
    shift
    [ "$(id -u)" = 0 ] || fail "$purpose. Tapez une fois : sudo apt-get update && sudo apt-get install -y $*"
    command -v apt-get >/dev/null 2>&1 || fail "$purpose. Installez : $*"
    say "Installation de $* ($purpose)…"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        fail "$purpose : apt-get install $* a échoué (le réseau et les sources de paquets répondent-ils ?)"
}

lock_hash() { cksum "$1" | cut -d' ' -f1,2; }

# A Python that may not write bytecode makes TensorFlow's import five times slower.
unset PYTHONDONTWRITEBYTECODE || true

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    python=$(find_python)
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        debian_install "ce Python n'a pas le module venv" python3-venv
    rm -rf .venv
    say "Création de l'environnement .venv…"
    "$python" -m venv .venv
fi

stamp=.venv/installed.lock
runtime=$(lock_hash requirements.lock)
full=$(lock_hash requirements-test.lock)
installed=$(cat "$stamp" 2>/dev/null || true)
case "$wanted" in
    run) lock=requirements.lock; target=$runtime; [ "$installed" = "$full" ] && target=$full ;;
    test) lock=requirements-test.lock; target=$full ;;
    *) fail "usage : scripts/environment.sh run|test" ;;
esac
if [ "$installed" != "$target" ]; then
    say "Installation des paquets de $lock (une à quelques minutes)…"
    rm -f "$stamp"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" ||
        fail "pip n'a pas pu installer uv (PyPI est-il joignable ?)"
    # uv brings its own certificates; behind a proxy with certificates of its own the machine's are the right ones.
    sync="pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode $lock"
    .venv/bin/uv $sync 2>/dev/null || .venv/bin/uv --system-certs $sync ||
        fail "l'installation de $lock a échoué (PyPI est-il joignable ?)"
    cat > .venv/bin/bot <<'LAUNCHER'
#!/bin/sh
# The command-line program of this checkout.
here=$(cd "$(dirname "$0")/../.." && pwd)
unset PYTHONDONTWRITEBYTECODE
PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}" exec "$here/.venv/bin/python" -m bot.cli "$@"
LAUNCHER
    chmod +x .venv/bin/bot
    printf '%s\n' "$target" > "$stamp"
fi

# nginx for the tests with two processes: its program alone, unpacked here, so that no service is installed or started.
if [ "$wanted" = test ] && ! command -v nginx >/dev/null 2>&1 && [ ! -x .venv/tools/usr/sbin/nginx ] &&
    command -v apt-get >/dev/null 2>&1; then
    tools=$(mktemp -d)
    (cd "$tools" && { apt-get download -qq nginx || { apt-get update -qq && apt-get download -qq nginx; }; } >/dev/null 2>&1 && dpkg -x nginx_*.deb unpacked) &&
        mkdir -p .venv/tools && cp -r "$tools"/unpacked/. .venv/tools/ ||
        say "nginx n'a pas pu être téléchargé : les tests à deux processus seront passés."
    rm -rf "$tools"
fi

if [ "$wanted" = test ] && [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null 2>&1; then
    debian_install "les tests de navigateur demandent Chromium" chromium
fi
