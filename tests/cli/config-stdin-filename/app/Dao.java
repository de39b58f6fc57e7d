class Dao {}
