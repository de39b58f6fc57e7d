from cassandra.cluster import Cluster, ExecutionProfile
from cassandra.policies import ConstantSpeculativeExecutionPolicy
from cassandra.query import SimpleStatement


class Users:
    def __init__(self):
        profile = ExecutionProfile(speculative_execution_policy=ConstantSpeculativeExecutionPolicy(0.05, 2))
        self.session = Cluster(execution_profiles={"fast": profile}).connect("shop")
        self.find = self.session.prepare("SELECT name FROM users WHERE id = ?")
        self.visit = self.session.prepare("UPDATE page_views SET views = views + 1 WHERE page = ?")

    def rename(self, id, name):
        rows = self.session.execute(self.find, (id,))
        statement = SimpleStatement(
            "UPDATE users SET name = %s WHERE id = %s")
        self.session.execute(statement, (name, id))
        self.session.execute(SimpleStatement(
            "DELETE FROM names WHERE name = %s",
            fetch_size=10,
        ), (name,))
        self.session.execute(self.visit, ("users",))
        return rows
