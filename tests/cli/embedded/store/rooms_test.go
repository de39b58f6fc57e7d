package store

const expected = "UPDATE rooms SET log = log + ? WHERE id = ?"
