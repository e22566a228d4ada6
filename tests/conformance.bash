# Conformance cases next to the checkout. `./dev` sources this file, which uses its functions.

# A case listed in tests/conformance-exceptions.txt counts as skipped if it fails, and as failed if it passes.
run_conformance() {  # $1: a release of kustomize, $2: part of the names, or nothing
    local report counts name
    report=$(KILN_COMPAT=$1 "$conformance/run" -j "$jobs" --release "$1" ${2:+--filter "$2"} \
        "$top/zig-out/bin/kiln" build --name-hash=v4) || true
    counts=$(tail -n 1 <<<"$report")
    [[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]] || { echo "$report"; return 1; }
    local good=${BASH_REMATCH[1]} bad=${BASH_REMATCH[2]} left=${BASH_REMATCH[3]}
    while read -r name _; do
        case $name in ''|'#'*) continue ;; esac
        if grep -q "^FAIL $name:" <<<"$report"; then
            bad=$((bad - 1)) left=$((left + 1))
            report=$(grep -v "^FAIL $name:" <<<"$report")
        elif [ -z "$2" ] && { has helm || ! grep -q -- "--enable-helm\|helmchart" "$conformance/cases/$name/case.json"; }; then
            echo "FAIL $name: passes or no longer exists: remove it from tests/conformance-exceptions.txt"
            good=$((good - 1)) bad=$((bad + 1))
        fi
    done <"$top/tests/conformance-exceptions.txt"
    if ! has helm; then  # the runner recognizes only some of the cases that need helm
        for name in $(sed -n 's/^FAIL \([^:]*\):.*/\1/p' <<<"$report"); do
            grep -q -- "--enable-helm\|helmchart" "$conformance/cases/$name/case.json" || continue
            bad=$((bad - 1)) left=$((left + 1))
            report=$(grep -v "^FAIL $name:" <<<"$report")
        done
    fi
    sed '$d' <<<"$report"
    echo "$good passed, $bad failed, $left skipped"
    [ "$bad" = 0 ]
}
