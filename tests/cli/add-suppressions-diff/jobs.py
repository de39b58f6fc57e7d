from cassandra.cluster import Cluster

# cqlint: allow driver-retries-anyway, counter-update: nobody counts on it
VISIT = "UPDATE views SET n = n + 1 WHERE page = %s"


def visit(session, page):
    session.execute(VISIT, (page,))
    # cqlint: allow marks: read in the log
    session.execute("INSERT INTO log (id) VALUES (uuid())")
