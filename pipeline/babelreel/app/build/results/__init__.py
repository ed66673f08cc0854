"""What becomes of a build's results: pages, streams, archives, and files of earlier builds."""
