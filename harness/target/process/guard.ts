import { spawn } from "node:child_process";
import { Socket } from "node:net";

/** Keeps a list of process groups, and ends them when its input ends: that happens, too, when the harness is killed. */
const SCRIPT = `groups=" "
while read -r what group; do
  case "$what" in
    hold) groups="$groups$group " ;;
    free) groups="\${groups%%" $group "*} \${groups#*" $group "}" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group"; done`;

let guard: Socket | undefined;

/** One for the whole process, in a group of its own so that Ctrl-C passes it by; nothing waits for its end. */
function startGuard(): Socket | undefined {
  const child = spawn("sh", ["-c", SCRIPT], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  const { stdin } = child;
  // Without it, the harness still ends what it started, unless it is killed itself.
  child.on("error", () => undefined);
  stdin.on("error", () => undefined);
  child.unref();
  if (!(stdin instanceof Socket)) return undefined;
  stdin.unref();
  return stdin;
}

/**
 * Lets a process group end with this process, even when that is killed. Where there are no groups nothing is done.
 *
 * @returns takes that back
 */
export function guardGroup(group: number): () => void {
  if (process.platform === "win32") return () => undefined;
  guard ??= startGuard();
  guard?.write(`hold ${group}\n`);
  return () => void guard?.write(`free ${group}\n`);
}
