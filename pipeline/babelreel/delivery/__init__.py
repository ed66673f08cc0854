"""What is published: pages, leaflets, playlists and the manifest that lists every file."""
