// What goals 6 to 9 and 11 measure: the built mock IdP, all protocols. Told `gc` on standard input, it prints what it
// holds, in megabytes: heap and outside of it after a collection, resident memory. Argument: how a sign-in is answered,
// `page` or `automatic`.
import { createInterface } from "node:readline";
import { startIdp } from "../../dist/harness/index.js";

const idp = await startIdp({
  signIn: process.argv[2] ?? "page",
  relyingParties: [{ clientId: "bench", clientSecret: "bench", redirectUris: ["http://127.0.0.1:9/cb"] }],
});
process.stdout.write(`listening ${idp.port}\n`);
for await (const line of createInterface(process.stdin)) {
  if (line !== "gc") continue;
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  process.stdout.write(`memory ${(heapUsed + external) / 2 ** 20} ${rss / 2 ** 20}\n`);
}
await idp.stop();
