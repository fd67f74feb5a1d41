"use client";
import { CircleHelp } from "lucide-react";
import { useState } from "react";
import { DialogActions } from "@/components/form/dialog-actions";
import { CheckboxField, TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { reaching } from "@/components/form/unreachable";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { JsonDiff } from "@/components/ui/json-diff";
import { Kbd } from "@/components/ui/kbd";
import type { NewQuestion } from "@/lib/approvals/edit";
import { argsFields, argsFromFields, argsFromText, fieldText, type ArgsEdit } from "@/lib/catalogue/args-form";
import type { ApprovalView } from "@/lib/inbox/panel";
import { canonical } from "@/lib/kernel/canonical";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, type Result } from "@/lib/kernel/result";
import { judge } from "../actions";
import { ArgsControl, controlName } from "./args-control";
import { Obstacles } from "./obstacles";
import type { Decide } from "./use-decide";

interface EditDialogProps {
  approval: ApprovalView;
  decide: Decide;
  secondsLeft: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Approves other arguments than those asked for. The server checks them against the action's schema and every rule again. */
export function EditDialog({ approval, open, onOpenChange, ...rest }: EditDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        className="max-w-2xl"
        title={`Edit and approve: ${approval.decision.action.title}`}
        description={`${approval.decision.agent.name} may then do this once, with exactly what stands here. Every rule is asked again.`}
      >
        <EditForm approval={approval} onDone={() => onOpenChange(false)} {...rest} />
      </DialogContent>
    </Dialog>
  );
}

function EditForm({
  approval,
  decide,
  secondsLeft,
  onDone,
}: Pick<EditDialogProps, "approval" | "decide" | "secondsLeft"> & { onDone: () => void }) {
  const { args, schema } = approval;
  const [fields] = useState(() => argsFields(schema, args));
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries((fields ?? []).map((field) => [field.name, fieldText(field, args[field.name])])),
  );
  const [json, setJson] = useState<string | null>(() => (fields === null ? JSON.stringify(args, null, 2) : null));
  /** What arguments ask beyond the original ones, once the server has said so. */
  const [more, setMore] = useState<{ args: string; questions: NewQuestion[] } | null>(null);
  const edit: ArgsEdit =
    json !== null ? argsFromText(json, "args") : argsFromFields(fields ?? [], args, (name) => texts[name] ?? "");
  const changed = edit.ok && canonical(edit.args) !== canonical(args);

  const submit = async (comment: string | undefined, confirmed: boolean): Promise<Result<unknown>> => {
    if (!edit.ok) return fail("invalid_input", edit.message, edit.field === "args" ? "args" : controlName(edit.field));
    if (!changed) return fail("invalid_input", "Nothing is changed yet. Without a change, approve it as it is.");
    const known = more !== null && more.args === canonical(edit.args) ? more.questions : null;
    const verdict = known ?? (await questionsOf(approval.id, edit.args));
    if (!Array.isArray(verdict)) return atControl(verdict, json === null);
    if (verdict.length > 0 && !(known !== null && confirmed)) {
      setMore({ args: canonical(edit.args), questions: verdict });
      return fail(
        "needs_more",
        "These arguments ask more than the original ones. Confirm that you approve that, too.",
        "also",
      );
    }
    const questions = verdict.map((question) => question.id);
    const result = await decide.approveWith({ args: edit.args, comment, seen: { confirmed: true, questions } });
    return result.ok ? result : atControl(result, json === null);
  };
  return (
    <Form
      className="min-h-0 gap-0"
      action={(form) => submit(form.optional("comment"), form.checked("also"))}
      onSuccess={onDone}
    >
      <DialogBody className="flex flex-col gap-4 pt-1">
        <Obstacles obstacles={approval.obstacles} />
        {json === null ? (
          (fields ?? []).map((field) => (
            <ArgsControl
              key={field.name}
              field={field}
              text={texts[field.name] ?? ""}
              onText={(text) => setTexts((all) => ({ ...all, [field.name]: text }))}
            />
          ))
        ) : (
          <TextareaField
            name="args"
            label="Arguments"
            hint="JSON"
            required
            spellCheck={false}
            rows={12}
            className="font-mono text-xs"
            value={json}
            onChange={(event) => setJson(event.target.value)}
          />
        )}
        {fields !== null && (
          <Button
            size="xs"
            variant="ghost"
            className="self-start"
            disabled={!edit.ok && json === null}
            onClick={() => setJson(json === null ? JSON.stringify(edit.ok ? edit.args : args, null, 2) : null)}
          >
            {json === null ? "Edit as JSON" : "Back to the form, without these changes"}
          </Button>
        )}
        {changed && (
          <section aria-label="What you change" className="flex flex-col gap-1.5">
            <h3 className="text-xs font-medium text-muted">What you change</h3>
            <JsonDiff before={args} after={edit.args} />
          </section>
        )}
        {more !== null && edit.ok && more.args === canonical(edit.args) && (
          <Banner tone="escalate" icon={<CircleHelp aria-hidden />} title="These arguments ask more">
            <ul className="mb-2 list-disc pl-4">
              {more.questions.map((question) => (
                <li key={question.id}>{question.message}</li>
              ))}
            </ul>
            <CheckboxField name="also" label="I approve that, too" />
          </Banner>
        )}
        <TextareaField
          name="comment"
          label="Comment"
          hint="The agent reads it, and it is kept in the audit trail."
          maxLength={2_000}
        />
      </DialogBody>
      <DialogActions>
        <SubmitButton disabled={secondsLeft > 0}>
          {secondsLeft > 0 ? `Approve in ${secondsLeft} s` : "Approve as edited"}
        </SubmitButton>
        <Kbd keys="mod+enter" className="max-sm:hidden" />
      </DialogActions>
    </Form>
  );
}

/** What the arguments ask beyond the original ones, or why they cannot be approved. */
async function questionsOf(approvalId: string, args: JsonObject): Promise<NewQuestion[] | ReturnType<typeof fail>> {
  const judged = await reaching(() => judge({ approvalId, args }));
  if (!judged.ok) return judged;
  const verdict = judged.value;
  switch (verdict.kind) {
    case "fits":
      return [];
    case "unfit":
      return fail("invalid_input", verdict.message, `args${verdict.path}`);
    case "denied":
      return fail("edit_denied", verdict.message, "args");
    case "asks": {
      if (verdict.yours) return verdict.questions;
      const reasons = verdict.questions.map((question) => question.message).join(" ");
      return fail(
        "needs_more",
        `Others must be asked for this: reject it, so that the agent asks anew. ${reasons}`,
        "args",
      );
    }
  }
}

/** The server names the argument by a JSON pointer, `args/amount`: shown at its control, if it has one. */
function atControl<T extends Result<unknown>>(result: T, form: boolean): T | ReturnType<typeof fail> {
  if (result.ok) return result;
  const { code, message, field } = result.error;
  const name = /^args\/([^/]+)/
    .exec(field ?? "")?.[1]
    ?.replaceAll("~1", "/")
    .replaceAll("~0", "~");
  if (name === undefined) return field === "args" && form ? fail(code, message) : result;
  return fail(code, message, form ? controlName(name) : "args");
}
