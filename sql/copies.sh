# copies.sh: two copies of a folder on two devices; read by ejournal-backup and ejournal-package.
#
# A caller sets program, copy1, copy2 and defines
#   reread FOLDER SHA256      prints what is wrong with the files of a folder: a key of the register and words
#   enter_fault KEY WORDS…    enters it in the register for $id
#   enter_remade NUMBER       enters that copy 1 or 2 of $id was made anew

say() { printf '%s: %s\n' "$program" "$*" >&2; }

# Run the SQL on stdin; a=… b=… are its variables.
sql() {
    n=$#
    while [ $n -gt 0 ]; do
        set -- "$@" -v "$1"
        shift
        n=$((n - 1))
    done
    psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

fault() { enter_fault "$@"; exit 1; }
# The same, where a full disk has a name of its own.
broken() { # key log
    if grep -q 'No space left' "$2"; then key=full; else key=$1; fi
    fault "$key" "$(tail -n 2 "$2" | tr '\n' ' ')"
}

# What is half done is removed, however the program ends. Its name begins with .part-.
part1= part2=
undo() { [ -z "$part1" ] || rm -rf "$part1" "$part2"; }
trap undo EXIT
trap 'exit 1' HUP INT TERM

# Take the lock of a folder: one at a time. Whatever a killed run has left writing holds it, too.
lock() { # folder
    [ -d "$1" ] && [ -w "$1" ] || { say "$1 is no folder to write in"; exit 1; }
    exec 9>"$1/lock"
    flock -n 9 || { say 'another one is running'; exit 1; }
}

# Write the files of a folder to its device.
settle() { find "$1" -type f -exec sync {} +; }

# Write $part1 to its device and copy it to $part2; read both from there; give them their name, and tell the devices.
keep_both() { # name sha256 log
    { settle "$part1" && cp -r "$part1" "$part2" && settle "$part2"; } 2>"$3" || broken missing "$3"
    for part in "$part1" "$part2"; do
        said=$(reread "$part" "$2")
        [ -z "$said" ] || fault ${said%% *} "${said#* }"
    done
    mv "$part1" "$copy1/$1"
    part1=
    mv "$part2" "$copy2/$1"
    sync "$copy1" "$copy2" 2>/dev/null || true
}

# Make the bad folder anew from the good one; says what is wrong if it cannot.
remake() { # good bad sha256
    part1=${2%/*}/.part-${2##*/}
    rm -rf "$part1"
    if ! { cp -r "$1" "$part1" && settle "$part1"; } 2>"$copy1/log"; then
        if grep -q 'No space left' "$copy1/log"; then echo "full $2"; else echo "missing $2"; fi
        rm -rf "$part1"
    else
        said=$(reread "$part1" "$3")
        if [ -n "$said" ]; then
            rm -rf "$part1"
            echo "$said"
        else
            rm -rf "$2"
            mv "$part1" "$2"
            sync "${2%/*}" 2>/dev/null || true
        fi
    fi
}

# Read both copies of $id: what is bad is made anew from what is good, and entered. Sets remade to the folder made anew,
# or to nothing. False: both are bad, or there is no room.
check_copies() { # sha256 name manifest
    remade='' first=$copy1/$2 second=$copy2/$2
    bad1=$(reread "$first" "$1") bad2=$(reread "$second" "$1")
    if [ -z "$bad1$bad2" ]; then
        cmp -s "$first/$3" "$second/$3" && return
        bad1="altered $first, $second: $3" bad2=$bad1
    fi
    if [ -n "$bad1" ] && [ -n "$bad2" ]; then
        enter_fault ${bad1%% *} "$(printf '%s\n' "$bad1" "$bad2" | cut -d ' ' -f 2- | uniq | paste -s -d ' ')"
        return 1
    fi
    if [ -n "$bad1" ]; then number=1 good=$second bad=$first; else number=2 good=$first bad=$second; fi
    still=$(remake "$good" "$bad" "$1")
    if [ -n "$still" ]; then
        enter_fault ${still%% *} "${bad1#* }${bad2#* }; ${still#* }"
        return 1
    fi
    say "$bad1$bad2: made anew from $good"
    enter_remade $number || { say 'the register was not written'; return 1; }
    remade=$bad
}
