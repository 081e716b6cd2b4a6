# build/revise: all layers and main.
