/** An adapter whose library ends the program when it does not like what it reads. */
export function leaves(artifact: string): { decision: string; reason: string } {
  if (artifact === "bad") process.exit(0);
  return { decision: "accept", reason: "it stayed" };
}
