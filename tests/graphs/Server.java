import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j server on loopback, with a password, until its input ends. Arguments: a folder, a port, `write` or `read`. */
public class Server {
    public static void main(String[] args) throws Exception {
        try {
            serve(args);
        } catch (Throwable error) {
            error.printStackTrace();
        }
        System.exit(1);
    }

    private static void serve(String[] args) throws Exception {
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.auth_max_failed_attempts, 0)
            .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, 67108864L)
            .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
            .setConfig(GraphDatabaseSettings.read_only_database_default, args[2].equals("read"))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(args[1])))
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        if (System.getenv("NEO4J_PASSWORD") != null) {
            server.database("system").executeTransactionally(
                "ALTER USER neo4j SET PASSWORD '" + System.getenv("NEO4J_PASSWORD") + "' CHANGE NOT REQUIRED");
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // whoever started it is still there
        }
        System.exit(0);
    }
}
