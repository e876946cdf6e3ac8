# The archive; sourced by the script `monitor`, whose functions and variables it uses.
# shellcheck shell=bash disable=SC2154

# What makes a program small are packages of their own, which a registry may lack. Sets `small` to the options, or to none.
choose_small() {
  local log=$artifacts/small.log
  small=(-p:PublishTrimmed=true -p:PublishReadyToRun=true)
  run_dotnet restore "$root/edge/Monitor.Edge" -r linux-x64 -p:SelfContained=true "${small[@]}" >"$log" 2>&1 && return 0
  say "the packages that make the agent small do not restore (artifacts/small.log); it takes more memory"
  small=()
}

# The program with the runtime in it. A machine needs libgdal beside it, for scenes; install.sh looks for it.
pack() {
  local version folder archive
  version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
  folder=$artifacts/pack/monitor-$version-linux-x64
  archive=$artifacts/monitor-$version-linux-x64.tar.gz
  open_artifacts
  (
    flock 9
    need_build_tools
    say "packing $version (with the runtime)"
    rm -rf -- "$artifacts/pack"
    mkdir -p -- "$folder/docs"
    # The agent's program comes with the service's; both get the runtime of the one folder.
    build_step publish "$root/src/Monitor.Cli" -r linux-x64 --self-contained \
      -p:ValidateExecutableReferencesMatchSelfContained=false --output "$folder/bin"
    build_step publish "$root/edge/Monitor.Edge" -r linux-x64 --self-contained --output "$folder/bin"
    # Alone, for a small box: compiled ahead and without what it never calls, a third less memory.
    choose_small
    build_step publish "$root/edge/Monitor.Edge" -r linux-x64 --self-contained "${small[@]}" --output "$folder/edge"
    cp -- "$root/LICENSE" "$folder/"
    cp -- "$root/README.md" "$root/docs/guide/first-day.md" "$folder/docs/"
    cp -R -- "$root/deploy/systemd" "$root/deploy/install.sh" "$root/deploy/health" "$folder/"
    printf '%s\n' "$version" >"$folder/VERSION"
    (cd -- "$folder" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
    # The same sources give the same archive: names in order, one owner, one time.
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$artifacts/pack" "${folder##*/}" \
      | gzip -n -6 >"$archive.next"
    mv -- "$archive.next" "$archive"
    rm -rf -- "$artifacts/pack"
  ) 9>"$artifacts/.build.lock"
  printf '%s\n' "$archive"
}
