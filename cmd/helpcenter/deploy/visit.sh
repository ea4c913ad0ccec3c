#!/bin/sh
# Measures what one visit to a running site costs, in requests and bytes:
#
#   cmd/helpcenter/deploy/visit.sh http://127.0.0.1:8080
#
# A reader comes to an article from a search engine, with an empty cache, reads a
# second article, and answers the checker's questions until it decides. Headers
# count, as HTTP/1.1 sends them; TLS does not.
set -eu
base=${1:?where the site is}

get() {
  curl --silent --show-error --fail --output /dev/null --header 'Accept-Encoding: br' \
    --write-out '%{size_download} %{size_header}\n' "$base$1"
}
article=/en/goto-meeting/billing/cancel-subscription/
step=/en/cancel-online/
{
  get "$article"
  curl --silent --fail "$base$article" | grep -oE '(href|src)="/assets/[^"]*"' | cut -d'"' -f2 | sort -u |
    while read -r file; do get "$file"; done
  get /en/goto-meeting/billing/free-trial/
  get "$step"
  for answer in product=goto-meeting contract=monthly role=billing-admin balance=clear; do
    step=$step$answer/
    get "$step"
  done
} | awk '{ n++; bytes += $1 + $2 } END { printf "%d requests, %.1f KB\n", n, bytes / 1000 }'
