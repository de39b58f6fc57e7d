from cassandra.cluster import Cluster

COLUMNS = "id, log"

def save(session, keyspace, where, room):
    session.execute(f"INSERT INTO {keyspace}.rooms ({COLUMNS}) VALUES (%s, ['created \u00e9', 'now'])", (room,))
    session.execute("DELETE FROM rooms WHERE " + where)
    session.execute("SELECT * FROM rooms WHERE " + where)
    print("Update the rooms, then select one")
