#!/bin/sh
# Finds a Python that is new enough and hands over to tools/__main__.py.
cd "$(dirname "$0")/.." || exit 1

found=
for name in python3 python3.13 python3.12 python3.11 python; do
    version=$("$name" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        exec "$name" -m tools "$@"
    fi
    found=${found:-$version}
done

if [ -n "$found" ]; then
    echo "需要 Python 3.11 或更新的版本，本机只有 Python ${found}，请先安装新版本再运行。" >&2
    echo "Python 3.11 or newer is needed and this machine has only Python ${found}." >&2
else
    echo "本机没有找到 Python，请先安装 Python 3.11 或更新的版本。" >&2
    echo "No Python was found: please install Python 3.11 or newer." >&2
fi
exit 1
