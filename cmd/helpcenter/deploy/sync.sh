#!/bin/sh
# Copies a built site to object storage with rclone, in an order in which no page
# ever links to a file that is not there yet:
#
#   cmd/helpcenter/deploy/sync.sh public REMOTE:BUCKET
#
# It copies the files with a hash in their names, which caches may keep for ever;
# then all others, which caches must revalidate; and finally removes files that no
# longer exist. Do not run it from two places at once. You need not purge a CDN that
# revalidates files marked no-cache.
set -eu
site=${1:?the folder that helpcenter build wrote} remote=${2:?where rclone copies it to}

(cd "$site" && sha256sum --check --strict --quiet manifest.sha256)
rclone copy --checksum --include '/assets/**' \
  --header-upload 'Cache-Control: public, max-age=31536000, immutable' "$site" "$remote"
rclone copy --checksum --exclude '/assets/**' \
  --header-upload 'Cache-Control: no-cache' "$site" "$remote"
rclone sync --checksum --delete-after "$site" "$remote"
