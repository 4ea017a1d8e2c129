import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { relyingPartySchema } from "../../harness/idp/relying-party-schema.ts";

const optionsSchema = z.strictObject({
  redis: z.string(),
  externalUrl: z.string(),
  relyingParties: z.array(relyingPartySchema),
});

/** What a replica in a process of its own is told. */
export type ReplicaOptions = z.output<typeof optionsSchema>;

/** Reads what such a process was told. */
export function readReplicaOptions(text: string): ReplicaOptions {
  return optionsSchema.parse(JSON.parse(text));
}

/** A replica that runs in a process of its own. */
export interface ReplicaProcess extends AsyncDisposable {
  readonly address: string;
  readonly child: ChildProcess;
}

const MAIN = fileURLToPath(new URL("replica.ts", import.meta.url));

/** Starts a replica in a process of its own. */
export async function startReplicaProcess(options: ReplicaOptions): Promise<ReplicaProcess> {
  const child = spawn(process.execPath, [MAIN, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(child.stdout)) {
    const stop = async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "close");
    };
    return { address: `http://127.0.0.1:${line}`, child, [Symbol.asyncDispose]: stop };
  }
  throw new Error("the replica ended before it listened");
}
