"use client";
import { FlaskConical, Pencil } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";

import { proposePolicyDraft, publishPolicyDraft } from "@/app/(console)/policies/actions";
import { Form } from "@/components/form/form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";

interface PublishFormProps {
  slug: string;
  draftId: string;
  revision: number;
  /** The version that the difference beside it was read against. */
  inForce: number | null;
  note: string;
  faults: number;
  state: "editing" | "proposed";
  secondPerson: boolean;
  mayWrite: boolean;
  /** Why this person may not publish; null: may. */
  refusal: string | null;
  proposedBy: string | null;
}

/** The note and the button: publish, or propose where a second person publishes. */
export function PublishForm(props: PublishFormProps) {
  const { slug, draftId, revision, inForce, note, faults, state, secondPerson, mayWrite, refusal } = props;
  const router = useRouter();
  const propose = useAction(proposePolicyDraft, {
    onSuccess: () => {
      toast.success("The draft is proposed", "Somebody else who manages policies can publish it now.");
      router.refresh();
    },
  });
  const proposes = secondPerson && mayWrite && state === "editing";
  return (
    <Card className="lg:sticky lg:top-4">
      <CardHeader
        title={proposes ? "Propose" : "Publish"}
        description={secondPerson ? "A second person puts it in force." : "It binds the next decision on every gate."}
      />
      <CardBody className="flex flex-col gap-4">
        {refusal === null ? (
          <Form
            aria-label="Publish the draft"
            action={(fields) => publishPolicyDraft({ draftId, revision, note: fields.text("note"), inForce })}
            onSuccess={({ version }) => {
              toast.success(`Version ${version} is in force`);
              router.push(`/policies/${slug}`);
            }}
          >
            <TextareaField
              name="note"
              label="What changes, and why"
              hint="For whoever reads the history."
              required
              maxLength={500}
              defaultValue={note}
            />
            <SubmitButton disabled={faults > 0}>Publish</SubmitButton>
          </Form>
        ) : (
          <p className="text-sm text-muted">{refusal}</p>
        )}
        {proposes && (
          <Button
            variant="primary"
            disabled={faults > 0}
            pending={propose.pending}
            onClick={() => propose.run({ draftId, revision })}
          >
            Propose
          </Button>
        )}
        {props.proposedBy !== null && state === "proposed" && (
          <p className="text-xs text-muted">Proposed by {props.proposedBy}.</p>
        )}
        <div className="flex flex-wrap gap-2 border-t border-line pt-3">
          <Button asChild size="sm">
            <Link href={`/policies/${slug}/simulate`}>
              <FlaskConical aria-hidden />
              Simulate first
            </Link>
          </Button>
          {mayWrite && (
            <Button asChild size="sm">
              <Link href={`/policies/${slug}/edit`}>
                <Pencil aria-hidden />
                Edit
              </Link>
            </Button>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
