import { once } from "node:events";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { readReplicaOptions } from "./replica-process.ts";

// One replica as a process of its own: options come as JSON, the port goes out on the first line.
const idp = await startIdp(readReplicaOptions(process.argv[2] ?? ""));
process.stdout.write(`${idp.port}\n`);
await once(process, "SIGTERM");
await idp.stop();
