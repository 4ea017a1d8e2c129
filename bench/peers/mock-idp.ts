// What goal 6 measures: the built mock IdP, both protocols.
import { startIdp } from "../../dist/harness/idp/start-idp.js";

const idp = await startIdp();
process.stdout.write(`listening ${idp.port}\n`);
