using Cassandra;

class Users
{
    private readonly ISession session;
    private readonly PreparedStatement find;

    Users()
    {
        var cluster = Cluster.Builder().AddContactPoint("127.0.0.1")
            .WithSpeculativeExecutionPolicy(new ConstantSpeculativeExecutionPolicy(50, 2)).Build();
        session = cluster.Connect("shop");
        find = session.Prepare("SELECT name FROM users WHERE id = ?").SetIdempotence(true);
    }

    void Rename(int id, string name)
    {
        session.Execute(find.Bind(id));
        session.Execute("TRUNCATE old_names");
        session.Execute(new Cassandra.SimpleStatement("DELETE FROM old_names WHERE id = 1").SetIdempotence(true));
    }
}
