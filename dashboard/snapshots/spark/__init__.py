"""Building a snapshot on Spark: the same statements, the same rows. Imported only for `import --engine spark`."""
