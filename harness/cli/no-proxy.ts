/** Names of this machine: what is asked for there is at no proxy. */
const HERE = ["localhost", "127.0.0.1", "[::1]", "::1"];

/** Programs read one of these or the other, and some the first alone. */
const NAMES = ["no_proxy", "NO_PROXY"];

/**
 * Keeps loopback away from proxies that the environment names, in this process and in those that it starts. What was kept
 * away before stays so for each of them, whichever name said it.
 */
export function keepLoopbackFromProxies(environment: NodeJS.ProcessEnv): void {
  const said = NAMES.map((name) => environment[name]?.trim()).filter((value) => value !== undefined);
  // "*" keeps everything away.
  const hosts = new Set([...said.flatMap((value) => value.split(",")), ...HERE].map((host) => host.trim()));
  hosts.delete("");
  for (const name of NAMES) environment[name] = said.includes("*") ? "*" : [...hosts].join(",");
}
