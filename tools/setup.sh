# Sourced by the scripts beside it: installs what tools/packages lists, from the root
# of the checkout, where the scripts are to go on.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# say TEXT: on stderr, so that what a script's commands print stands alone on stdout.
say() { printf '== %s\n' "$*" >&2; }

# missing_packages SET...: those of these sets that are not installed, one a line.
missing_packages() {
  local set name wanted
  while read -r set name; do
    for wanted in "$@"; do
      if [[ $set == "$wanted" && $(dpkg-query -W -f '${db:Status-Status}' "$name" \
            2>/dev/null || true) != installed ]]; then
        printf '%s\n' "$name"
      fi
    done
  done < <(grep -v '^#' tools/packages)
}

# need_packages INSTALL SET...: INSTALL is `install` or `no-install`.
need_packages() {
  local install=$1
  shift
  local missing
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then
    return
  fi
  if [[ $install == no-install ]]; then
    say "these packages are missing: ${missing[*]}"
    exit 1
  fi
  local as_root=()
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      say "run this as root or with sudo, to install: ${missing[*]}"
      exit 1
    fi
    as_root=(sudo)
  fi
  say "installing with apt-get: ${missing[*]}"
  "${as_root[@]}" apt-get update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "${missing[@]}"
}
