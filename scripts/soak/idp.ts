import { startIdp } from "../../harness/idp/start-idp.ts";
import { RELYING_PARTY } from "./sign-ins.ts";

/** The mock IdP as a process of its own: tells its address, and its memory whenever it is asked. */
const idp = await startIdp({ relyingParties: [RELYING_PARTY] });

process.on("message", () => {
  // Twice: what the first one finds unreachable may hold what the second one finds.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ used: heapUsed + external, resident: rss });
});
process.send?.({ origin: idp.origin });
