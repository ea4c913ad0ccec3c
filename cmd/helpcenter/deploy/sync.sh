#!/bin/sh
# Bring a built site to object storage, by rclone, in an order in which no page
# ever leads to what is not there yet:
#
#   cmd/helpcenter/deploy/sync.sh public REMOTE:BUCKET
#
# First the files whose names hold a hash, to be kept for ever; then all others,
# to be asked for again; and last, what is gone is removed. Run it from one place
# at a time. After it nothing has to be purged from a CDN that asks again for
# what is marked no-cache.
set -eu
site=${1:?the folder that helpcenter build wrote} remote=${2:?where rclone brings it}

(cd "$site" && sha256sum --check --strict --quiet manifest.sha256)
rclone copy --checksum --include '/assets/**' \
  --header-upload 'Cache-Control: public, max-age=31536000, immutable' "$site" "$remote"
rclone copy --checksum --exclude '/assets/**' \
  --header-upload 'Cache-Control: no-cache' "$site" "$remote"
rclone sync --checksum --delete-after "$site" "$remote"
