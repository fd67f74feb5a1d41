"use client";
import { FlaskConical, GitCompareArrows, Send } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useRef, useState } from "react";

import { blankRule, copyOf, type EditedRule } from "@/app/(console)/policies/[slug]/edit/_components/edited";
import { RuleForm } from "@/app/(console)/policies/[slug]/edit/_components/rule-form";
import { RuleList } from "@/app/(console)/policies/[slug]/edit/_components/rule-list";
import { SaveStatus, SaveTrouble } from "@/app/(console)/policies/[slug]/edit/_components/save-status";
import { TryPanel } from "@/app/(console)/policies/[slug]/edit/_components/try-panel";
import { useDraftSaving, type DraftContent } from "@/app/(console)/policies/[slug]/edit/_components/use-draft-saving";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { ruleWorldOf, type EditorWorld } from "@/lib/policies/builder/editor-world";
import { draftFaults, type DraftFault } from "@/lib/policies/drafts/faults";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { RuleWorld } from "@/lib/policies/rule-faults";

interface PolicyEditorProps {
  draft: {
    id: string;
    policy: string;
    name: string;
    note: string | null;
    rules: DraftRule[];
    revision: number;
    updatedAt: string;
  };
  inForce: number | null;
  /** Another version came into force since the draft was begun. */
  isBehind: boolean;
  state: "editing" | "proposed";
  world: EditorWorld;
  /** Id of the rule to open, or its place from 0. */
  selected: string | null;
}

interface Edited {
  name: string;
  rules: EditedRule[];
}

/** The editor of a policy's draft. It keeps its own state, and saves it as it changes; the page is not rendered anew for that. */
export function PolicyEditor({ draft, inForce, isBehind, state: proposed, world, selected: first }: PolicyEditorProps) {
  const router = useRouter();
  const [edited, setEdited] = useState<Edited>(() => ({
    name: draft.name,
    rules: draft.rules.map((rule, index) => ({ key: `saved-${index}`, rule })),
  }));
  const [selected, setSelected] = useState<string | null>(() => firstKey(draft.rules, first));
  const content = useMemo<DraftContent>(
    () => ({ name: edited.name, rules: edited.rules.map(({ rule }) => rule) }),
    [edited],
  );
  const saving = useDraftSaving(draft, content);
  const ruleWorld = useMemo(() => ruleWorldOf(world), [world]);
  const faults = useFaults(useDeferredValue(edited.rules), ruleWorld);
  const open = edited.rules.find(({ key }) => key === selected) ?? null;
  // Whoever changes a proposal takes it back.
  const isProposed = proposed === "proposed" && saving.state.kind === "saved" && saving.state.at === draft.updatedAt;
  const faultCount = [...faults.values()].reduce((sum, list) => sum + list.length, 0);

  const form = useRef<HTMLDivElement>(null);
  const select = (key: string) => {
    setSelected(key);
    // Where list and rule stand below each other the rule would stay out of sight.
    if (window.matchMedia("(width < 64rem)").matches) form.current?.scrollIntoView({ block: "start" });
  };
  const setRules = (change: (rules: EditedRule[]) => EditedRule[]) =>
    setEdited((before) => ({ ...before, rules: change(before.rules) }));
  const insert = (rule: DraftRule, at: number) => {
    const added = { key: crypto.randomUUID(), rule };
    setRules((rules) => rules.toSpliced(at, 0, added));
    select(added.key);
  };
  const remove = (key: string) => {
    const at = edited.rules.findIndex((one) => one.key === key);
    const gone = edited.rules[at];
    if (!gone) return;
    setRules((rules) => rules.filter((one) => one.key !== key));
    setSelected(edited.rules[at + 1]?.key ?? edited.rules[at - 1]?.key ?? null);
    toast.undo(`Deleted ${gone.rule.id}`, () => {
      setRules((rules) => (rules.some((one) => one.key === key) ? rules : rules.toSpliced(at, 0, gone)));
      setSelected(key);
    });
  };
  const rules = edited.rules.map(({ rule }) => rule);
  const leaveFor = async (href: string) => {
    if (await saving.flush()) router.push(href);
  };
  const base = `/policies/${draft.policy}`;
  useHotkeys([
    {
      keys: "mod+enter",
      label: "Go on to publish",
      group: "Policy",
      inFields: true,
      palette: true,
      run: () => void leaveFor(`${base}/publish`),
    },
    { keys: "mod+s", label: "Save now", group: "Policy", inFields: true, run: () => void saving.flush() },
    {
      keys: "n",
      label: "Add a rule",
      group: "Policy",
      palette: true,
      run: () => insert(blankRule(rules), rules.length),
    },
  ]);

  return (
    <>
      <PageHeader
        title={<span className="sr-only">Edit {edited.name}</span>}
        leading={
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <Input
              aria-label="Name of the policy"
              placeholder="Name"
              className="-ml-1.5 h-9 w-auto max-w-full min-w-24 field-sizing-content border-transparent bg-transparent px-1.5 text-xl font-semibold tracking-tight"
              maxLength={120}
              value={edited.name}
              onChange={(event) => setEdited((before) => ({ ...before, name: event.target.value }))}
            />
            <Badge tone={isProposed ? "info" : "neutral"}>{isProposed ? "Proposed" : "Draft"}</Badge>
          </div>
        }
        actions={
          <>
            <SaveStatus state={saving.state} />
            <Button onClick={() => void leaveFor(`${base}/simulate`)}>
              <FlaskConical aria-hidden />
              Simulate
            </Button>
            <Tooltip label="Compare with what is in force, and publish" keys="mod+enter">
              <Button variant="primary" onClick={() => void leaveFor(`${base}/publish`)}>
                <Send aria-hidden />
                Publish
              </Button>
            </Tooltip>
          </>
        }
      />
      <SaveTrouble
        state={saving.state}
        onKeepMine={() => void saving.keepMine()}
        onTakeTheirs={saving.takeTheirs}
        onRetry={() => void saving.flush()}
      />
      {isProposed && (
        <Banner tone="info" icon={<Send aria-hidden />}>
          This draft is proposed for publication. Changing it makes it a draft again.
        </Banner>
      )}
      {isBehind && (
        <Banner
          tone="info"
          icon={<GitCompareArrows aria-hidden />}
          title={
            inForce === null
              ? "This policy is not in force any more."
              : `Version ${inForce} came into force after this draft was begun.`
          }
          actions={
            <Button size="sm" asChild>
              <Link href={`${base}/publish`}>Compare</Link>
            </Button>
          }
        >
          Publishing the draft replaces it.
        </Banner>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[17rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <RuleList
            rules={edited.rules}
            faults={new Map([...faults].map(([key, list]) => [key, list.length]))}
            selected={selected}
            onSelect={select}
            onAdd={() => insert(blankRule(rules), rules.length)}
          />
          <p className="text-xs text-muted">
            {faultCount > 0
              ? faultCount === 1
                ? "One fault is left before this can be published."
                : `${faultCount} faults are left before this can be published.`
              : "Order has no meaning: of the rules that hold, the strictest wins."}
          </p>
        </div>
        <div ref={form} className="flex min-w-0 scroll-mt-4 flex-col gap-4">
          {open ? (
            <>
              <RuleForm
                key={open.key}
                rule={open.rule}
                onChange={(rule) =>
                  setRules((all) => all.map((one) => (one.key === open.key ? { ...one, rule } : one)))
                }
                onDuplicate={() => insert(copyOf(open.rule, rules), edited.rules.indexOf(open) + 1)}
                onDelete={() => remove(open.key)}
                faults={faults.get(open.key) ?? []}
                world={world}
                ruleWorld={ruleWorld}
              />
              <TryPanel key={`try-${open.key}`} policy={draft.policy} rules={rules} rule={open.rule} />
            </>
          ) : (
            <EmptyState
              icon={FlaskConical}
              title={rules.length === 0 ? "No rules yet" : "No rule is open"}
              description={
                rules.length === 0
                  ? "A rule says which actions it is about, when it holds, and what happens then."
                  : "Choose one from the list."
              }
              action={
                <Button variant="primary" onClick={() => insert(blankRule(rules), rules.length)}>
                  Add a rule
                </Button>
              }
            />
          )}
        </div>
      </div>
    </>
  );
}

function firstKey(rules: readonly DraftRule[], wanted: string | null): string | null {
  const byId = rules.findIndex((rule) => rule.id === wanted);
  const byPlace = wanted !== null && /^\d{1,5}$/.test(wanted) && Number(wanted) < rules.length ? Number(wanted) : 0;
  const index = byId >= 0 ? byId : byPlace;
  return index < rules.length ? `saved-${index}` : null;
}

/** What keeps the draft from being published, by rule. A rule that did not change is not checked again. */
function useFaults(rules: readonly EditedRule[], world: RuleWorld): ReadonlyMap<string, DraftFault[]> {
  const known = useMemo(() => ({ of: world, faults: new WeakMap<DraftRule, DraftFault[]>() }), [world]);
  return useMemo(() => {
    const seen = new Set<string>();
    return new Map(
      rules.map(({ key, rule }, index) => {
        const own = known.faults.get(rule) ?? draftFaults([rule], known.of);
        known.faults.set(rule, own);
        const again = rule.id !== "" && seen.has(rule.id);
        seen.add(rule.id);
        const double: DraftFault = {
          rule: index,
          ruleId: rule.id,
          path: ["id"],
          message: "another rule has this name",
        };
        return [key, again ? [double, ...own] : own];
      }),
    );
  }, [rules, known]);
}
