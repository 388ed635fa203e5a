// What a run does to the machine, seen from outside: memory of its processes, and what it leaves. Linux only.
import { readdirSync, readFileSync } from 'node:fs';

const read = (file) => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // it has ended
  }
};

// Whoever has this directory for temporary files was started by the run, and so was whoever descends from it: Chromium's helpers
// write their titles over their environment. Zombies count for nothing.
export function processesWith(directory) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), stat: /\) (\S) (\d+) /.exec(read(`/proc/${pid}/stat`)) }))
    .filter(({ stat }) => stat && !'ZX'.includes(stat[1]));
  const ours = new Set(all.filter(({ pid }) => isOf(directory, pid)).map(({ pid }) => pid));
  for (let before = -1; before < ours.size; ) {
    before = ours.size;
    all.filter(({ stat }) => ours.has(Number(stat[2]))).forEach(({ pid }) => ours.add(pid));
  }
  return [...ours];
}

const isOf = (directory, pid) =>
  read(`/proc/${pid}/environ`).split('\0').includes(`TMPDIR=${directory}`) || read(`/proc/${pid}/cmdline`).includes(`${directory}/`);

// Shared pages count once (PSS), or ten processes of one Chromium would seem to need ten times its code. The pool's Node process is
// among them: its driver lives there, where Playwright for Java has it in a process of its own.
export function memoryMb(pids) {
  const kb = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kb.reduce((sum, each) => sum + each, 0) / 1024;
}
