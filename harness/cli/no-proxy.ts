/** Names of this machine: what is asked for there is at no proxy. */
const HERE = ["localhost", "127.0.0.1", "[::1]", "::1"];

/** Keeps loopback away from proxies that the environment names, in this process and in those that it starts. */
export function keepLoopbackFromProxies(environment: NodeJS.ProcessEnv): void {
  for (const name of ["no_proxy", "NO_PROXY"]) {
    const before = environment[name];
    // "*" keeps everything away.
    if (before?.trim() === "*") continue;
    environment[name] = [...(before === undefined || before === "" ? [] : [before]), ...HERE].join(",");
  }
}
