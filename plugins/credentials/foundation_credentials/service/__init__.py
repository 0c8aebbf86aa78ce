"""The work of the credentials section, one verb a file."""
