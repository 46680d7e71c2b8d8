"""The copy of open subsidies from the public API of Jグランツ (デジタル庁): fetched, read, chosen."""
