#!/bin/sh
# Runs cqlint for pre-commit, from the clone that pre-commit keeps: built the first time, and again when it has changed.
# (Its own way to build Rust takes no workspace.)
set -eu
exec cargo run --quiet --release --locked --manifest-path "$(dirname "$0")/Cargo.toml" --package cqlint-cli -- "$@"
