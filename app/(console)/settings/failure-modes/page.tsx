import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Live } from "@/components/live/live";
import { requireViewer } from "@/lib/auth/session";
import { readFailureModes } from "@/lib/incidents/failure-modes-queries";
import { FailureModesEditor } from "./_components/failure-modes-editor";
import { FixedModes } from "./_components/fixed-modes";
import { WhoseModes } from "./_components/whose-modes";
import { loadFailureModesParams } from "./search-params";

export const metadata: Metadata = { title: "Failure modes" };

export default async function FailureModesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, { agent: slug }] = await Promise.all([
    requireViewer("policy.read"),
    loadFailureModesParams(searchParams),
  ]);
  const view = await readFailureModes(viewer, slug);
  if (view === null) notFound();
  const { agent, modes, inherited, basis, mayEdit, own, agents, confidenceFloor } = view;
  return (
    <>
      <Live topics={["configuration"]} />
      <WhoseModes slug={agent?.slug ?? null} agents={agents} own={own} />
      {/* A change by somebody else begins the editor anew: what was not saved rests on what is gone. */}
      <FailureModesEditor
        key={`${agent?.id ?? ""} ${basis}`}
        agent={agent}
        stored={modes}
        inherited={inherited}
        basis={basis}
        mayEdit={mayEdit}
      />
      <FixedModes confidenceFloor={confidenceFloor} />
    </>
  );
}
