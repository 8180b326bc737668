#!/bin/sh
# mypy over the folders under their installed names: a farm of links stands in for site-packages.
set -eu
bin=$1
mkdir -p .types/newsloom
for file in newsloom/*; do ln -sfn "../../$file" ".types/newsloom/$(basename "$file")"; done
for room in schemas graph exports; do ln -sfn "../../$room" ".types/newsloom/$room"; done
MYPYPATH=.types "$bin/mypy" -p newsloom
