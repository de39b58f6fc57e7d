from cassandra.cluster import Cluster


class Visits:
    TABLE = "visits"

    def count(self, session, page):
        session.execute(
            f"UPDATE {self.TABLE} "
            "SET seen = seen + 1 WHERE page = %s",
            (page,),
        )
