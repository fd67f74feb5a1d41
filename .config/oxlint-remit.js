/**
 * House rules: what must never be forgotten fails the build. Plain JavaScript, as oxlint loads it with the oldest Node.js we run on.
 * Tested in .config/oxlint-remit.test.ts.
 */

/** The statement, not an English sentence that starts with the word. */
const BEGINS_TRANSACTION = /^\s*(begin(\s+(transaction|work|isolation|read)\b.*)?|start\s+transaction\b.*);?\s*$/i;

const ACTION_MAKERS = new Set(["defineAction", "definePublicAction"]);

function isUseServer(statement) {
  return (
    statement.type === "ExpressionStatement" &&
    statement.expression.type === "Literal" &&
    statement.expression.value === "use server"
  );
}

function isActionCall(node) {
  return node?.type === "CallExpression" && node.callee.type === "Identifier" && ACTION_MAKERS.has(node.callee.name);
}

/** Every export of a "use server" file is a public POST: it comes from defineAction, which authorises, parses and maps errors. */
const actionFromDefineAction = {
  create(context) {
    let isActions = false;
    const message = "A server action is made by defineAction or definePublicAction (lib/auth/define-action.ts).";
    return {
      Program(node) {
        isActions = node.body.some(isUseServer);
      },
      ExportNamedDeclaration(node) {
        if (!isActions || node.exportKind === "type") return;
        const { declaration } = node;
        if (declaration?.type === "TSTypeAliasDeclaration" || declaration?.type === "TSInterfaceDeclaration") return;
        const isMade =
          declaration?.type === "VariableDeclaration" &&
          declaration.declarations.every((one) => isActionCall(one.init));
        if (!isMade) context.report({ node, message });
      },
      ExportDefaultDeclaration(node) {
        if (isActions) context.report({ node, message });
      },
      ExportAllDeclaration(node) {
        if (isActions) context.report({ node, message });
      },
      BlockStatement(node) {
        if (node.body.some(isUseServer)) context.report({ node, message: `No inline server actions. ${message}` });
      },
    };
  },
};

/** A transaction that forgets its audit record must be impossible to write: there is one that cannot (lib/audit/change.ts). */
const transactionInChange = {
  create(context) {
    const message =
      "State changes in lib/audit/change.ts's change(), which appends the audit record in the same transaction; reads that belong together go through lib/db/read-snapshot.ts.";
    return {
      CallExpression(node) {
        const { callee } = node;
        if (
          callee.type === "MemberExpression" &&
          callee.property.type === "Identifier" &&
          callee.property.name === "$transaction"
        ) {
          context.report({ node, message });
        }
      },
      Literal(node) {
        if (typeof node.value === "string" && BEGINS_TRANSACTION.test(node.value)) context.report({ node, message });
      },
    };
  },
};

export default {
  meta: { name: "remit" },
  rules: { "action-from-define-action": actionFromDefineAction, "transaction-in-change": transactionInChange },
};
