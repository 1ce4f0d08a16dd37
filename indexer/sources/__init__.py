"""Where paintings come from: folders of images, tables of their paths, and files that hold the pictures."""
