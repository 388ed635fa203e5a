# Waits for the end of the JVM that started it, by a pipe that only that JVM holds, and then ends what one of its sessions left: the
# browser with its tag, whatever has the session's directory for temporary files, the driver. A sound browser ends by itself
# when its driver does and saves its state; only what is still there after a while is killed.
#
# Arguments: the tag's value, the temporary directory, seconds to wait. Input: "driver PID START", "data DIRECTORY", and "done".

trap '' HUP INT TERM
cd /
name=$1 tmp=$2 patience=$3
driver=0 started=0 data=

while read -r word pid start; do
  case $word in
    done) exit 0 ;;
    driver) driver=$pid started=$start ;;
    data) data=$pid${start:+ $start} ;;
  esac
done

# The state, parent, group, … of a process, behind its name, which may hold anything.
fields() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null; }

arguments() { tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null; }

tagged() {
  grep -lsF -e "--pool-lease=$name" /proc/[0-9]*/cmdline | while IFS=/ read -r _ _ pid _; do
    if arguments "$pid" | grep -qxF -e "--pool-lease=$name"; then echo "$pid"; fi
  done
}

# A dead process that nobody has reaped has no environment any more.
equipped() { grep -lsF -e "TMPDIR=$tmp" /proc/[0-9]*/environ | cut -d/ -f3; }

driving() {
  # shellcheck disable=SC2046 # one word a field
  set -- $(fields "$driver")
  if [ "${20:-}" = "$started" ] && [ "$1" != Z ]; then echo "$driver"; fi
}

left() { { tagged; equipped; driving; } | sort -u; }

# Playwright's own directory for a browser without a profile, if nobody said so: a browser that ends at once is not seen any more.
note_data() {
  [ -z "$data" ] || return 0
  for pid in $(tagged); do
    data=$(arguments "$pid" | sed -n 's:^--user-data-dir=\(.*/playwright_[^/]*\)$:\1:p')
    [ -z "$data" ] || return 0
  done
}

nap() { sleep 0.1 2>/dev/null || sleep 1; }

# By the clock: on a busy machine, or one with many processes, each look takes long.
is_over() {
  read -r now _ </proc/uptime
  [ "${now%%.*}" -gt "$1" ]
}

in_seconds() {
  read -r now _ </proc/uptime
  echo $((${now%%.*} + $1))
}

kill_all() {
  for pid in $(left); do
    # shellcheck disable=SC2046
    set -- $(fields "$pid")
    if [ "${3:-}" = "$pid" ]; then kill -9 -"$pid" 2>/dev/null; fi
    kill -9 "$pid" 2>/dev/null
  done
}

note_data
deadline=$(in_seconds "$patience")
while [ -n "$(left)" ] && ! is_over "$deadline"; do nap; done
deadline=$(in_seconds 10)
while [ -n "$(left)" ] && ! is_over "$deadline"; do
  kill_all
  nap
done
case $tmp in */browser-pool-*) rm -rf "$tmp" ;; esac
case $data in */playwright_*) rm -rf "$data" ;; esac
