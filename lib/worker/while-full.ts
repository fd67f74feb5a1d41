/** So that one kind of work cannot keep a round from its other kinds; what is left waits for the next round. */
const BATCHES = 10;

/** Does a kind of work in batches of `size` until one was not full. Returns how much was done. */
export async function whileFull(size: number, batch: () => Promise<number>): Promise<number> {
  let done = 0;
  for (let round = 0; round < BATCHES; round += 1) {
    const now = await batch();
    done += now;
    if (now < size) break;
  }
  return done;
}
