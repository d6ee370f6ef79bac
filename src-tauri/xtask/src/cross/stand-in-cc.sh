#!/bin/sh
# Stands in for the C compiler of a system whose types alone are checked: says that it is clang, and
# leaves an empty object file where one is expected.
object='' script='' previous='' only=compile
for argument; do
  case $argument in
    --version) only=version ;;
    -E) only=preprocess ;;
    -Fo*) object=${argument#-Fo} ;;
    *.rc) script=$argument ;;
  esac
  [ "$previous" != -o ] || object=$argument
  previous=$argument
done
case $only in
  version) echo 'clang version 19.0.0' ;;
  # The resources of a Windows program are plain text with definitions, which any compiler reads.
  preprocess) if [ -n "$script" ]; then exec gcc -E -x c -DRC_INVOKED "$script"; else echo clang; fi ;;
  compile) [ -z "$object" ] || : >"$object" ;;
esac
