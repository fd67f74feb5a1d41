import { afterAll, beforeAll, expect, it } from "vitest";

import { createAbsenceWatch } from "@/lib/reviews/ask-again";
import { at, NOW, reviewDesk } from "@/lib/reviews/reviews-testing";
import { endAbsence, setAbsence } from "@/lib/people/absence-set";

let desk: Awaited<ReturnType<typeof reviewDesk>>;
beforeAll(async () => {
  desk = await reviewDesk();
});
afterAll(() => desk.close());

it("asks who is there of reviews that wait already, when somebody goes away or comes back", async () => {
  const { ids } = desk;
  const chief = await desk.person("Chief");
  await desk.bind(chief, "manager", ids.root);
  const { id } = await desk.reviewed();
  const askedOf = async (review: string) => (await desk.stored(review)).askedIds;
  expect(await askedOf(id)).toEqual([ids.ada, ids.rob]);

  const watch = createAbsenceWatch();
  expect(await watch(desk.worker())).toEqual({ asked: 0 });
  const away = await setAbsence(await desk.as(ids.rob), {
    personId: ids.rob,
    startsAt: NOW.toISOString(),
    endsAt: null,
    delegateId: chief,
  });
  if (!away.ok) throw new Error(away.error.message);
  // Several workers see it, and it happens once.
  const rounds = await Promise.all([watch(desk.worker()), createAbsenceWatch()(desk.worker())]);
  expect(rounds.reduce((sum, one) => sum + one.asked, 0)).toBe(1);
  expect(await askedOf(id)).toEqual([ids.ada, ids.rob, chief]);
  expect(await desk.records(id)).toEqual(["review.open", "review.contact"]);
  expect(await watch(desk.worker())).toEqual({ asked: 0 });

  // What is raised meanwhile asks the delegate, and whoever came back afterwards.
  const later = await desk.reviewed();
  expect((await askedOf(later.id)).toSorted()).toEqual([ids.ada, chief].toSorted());
  desk.moveTo(at(60));
  expect(await endAbsence(await desk.as(ids.rob), { absenceId: away.value.id })).toMatchObject({ ok: true });
  expect(await watch(desk.worker())).toEqual({ asked: 1 });
  expect(await askedOf(later.id)).toContain(ids.rob);
});
