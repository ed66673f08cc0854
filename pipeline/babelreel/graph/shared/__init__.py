"""A store that several machines share: in a bucket, or in a folder that all of them see."""
