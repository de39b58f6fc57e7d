package store

// No driver is named here, but the file beside it names one.
const newRoom = "INSERT INTO rooms (id, visits) VALUES (uuid(), 0)"
