#!/bin/sh
# The disk image for macOS, after `python3 run.py package` has made build/bundle/CellRoute.app:
#     sh packaging/macos/make_dmg.sh VERSION
# Signing: with CELLROUTE_SIGN set to the name of a Developer ID the program is signed with it, otherwise for this machine
# only (Gatekeeper then asks the user to allow it once). With CELLROUTE_NOTARY set to a profile that `xcrun notarytool
# store-credentials` made, Apple notarises the image too.
set -eu
version=$1
cd "$(dirname "$0")/../.."
app=build/bundle/CellRoute.app
image=dist/cellroute-$version-macos-$(uname -m).dmg
folder=build/dmg

if [ -n "${CELLROUTE_SIGN:-}" ]; then
    codesign --force --deep --options runtime --timestamp --entitlements packaging/macos/entitlements.plist \
        --sign "$CELLROUTE_SIGN" "$app"
else
    codesign --force --deep --sign - "$app"
fi
codesign --verify --deep --strict "$app"

rm -rf "$folder" "$image"
mkdir -p "$folder" dist
ditto "$app" "$folder/CellRoute.app" # with its links and what the signature keeps beside the files
ln -s /Applications "$folder/Applications"
cp LICENSE "$folder/"
# While it is filled the image is mounted, and macOS, which looks into whatever is new, may hold it ("Resource busy").
tries=0
until hdiutil create -ov -volname "CellRoute $version" -srcfolder "$folder" -fs HFS+ -format UDZO \
    -imagekey zlib-level=9 "$image"; do
    tries=$((tries + 1))
    [ "$tries" -lt 6 ] || exit 1
    sleep 10
done
hdiutil verify "$image"
if [ -n "${CELLROUTE_NOTARY:-}" ]; then
    codesign --sign "$CELLROUTE_SIGN" --timestamp "$image"
    xcrun notarytool submit "$image" --keychain-profile "$CELLROUTE_NOTARY" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
