//! What a mutant of each genre becomes: an expression that does both, without writing anything of the source twice.

use crate::Mutant;
use crate::edits::Edits;
use crate::places::{Wanted, take};
use std::collections::BTreeSet;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Pat, Signature, Type, UnOp};

/// A file with its mutants.
#[derive(Debug)]
pub struct Woven {
    /// Its new text.
    pub text: String,
    /// Where each mutant is.
    pub regions: Vec<(u32, Range<usize>)>,
    /// Which are not in it, and why.
    pub left_out: Vec<(u32, &'static str)>,
}

struct Weaver<'a> {
    wanted: Wanted,
    constant: &'a BTreeSet<String>,
    source: &'a str,
    edits: Edits,
    left_out: Vec<(u32, &'static str)>,
    /// How many items around this place are evaluated by the compiler.
    fixed: usize,
    /// The type whose functions these are.
    of: Option<String>,
}

/// Writes the mutants that are wanted into a source.
///
/// # Errors
/// What `syn` says of a text that is no Rust.
pub fn weave(source: &str, wanted: Wanted, constant: &BTreeSet<String>) -> syn::Result<Woven> {
    let file = syn::parse_file(source)?;
    let mut weaver = Weaver { wanted, constant, source, edits: Edits::default(), left_out: Vec::new(), fixed: 0, of: None };
    weaver.visit_file(&file);
    let lost = std::mem::take(&mut weaver.wanted).into_values().flatten();
    weaver.left_out.extend(lost.map(|mutant| (mutant.number, "not found")));
    let (text, regions) = weaver.edits.make(source);
    Ok(Woven { text, regions, left_out: weaver.left_out })
}

fn numbers(mutants: &[Mutant]) -> Vec<u32> {
    mutants.iter().map(|mutant| mutant.number).collect()
}

fn on(number: u32) -> String {
    format!("crate::mutant::on({number})")
}

/// `if on(1) { …- … } else if on(2) { … } else { … }`, of two names and operators.
fn choose(mutants: &[Mutant], operator: &str, [left, right]: [&str; 2]) -> String {
    let mut text = String::new();
    for mutant in mutants {
        text += &format!("if {} {{ {left} {} {right} }} else ", on(mutant.number), mutant.replacement);
    }
    text + &format!("{{ {left} {operator} {right} }}")
}

fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// The name of a type without where it is and what it is of.
fn name_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

/// Whether whatever comes is meant.
fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.subpat.is_none() && name.ident.to_string().starts_with(char::is_lowercase),
        Pat::Tuple(tuple) => tuple.elems.iter().all(takes_all),
        Pat::Reference(reference) => takes_all(&reference.pat),
        Pat::Paren(paren) => takes_all(&paren.pat),
        _ => false,
    }
}

impl Weaver<'_> {
    /// What is wanted there, where it can be switched at all.
    fn take(&mut self, genre: &str, spanned: &impl Spanned) -> Vec<Mutant> {
        let mutants = take(&mut self.wanted, genre, spanned.span());
        if self.fixed > 0 {
            self.left_out.extend(mutants.iter().map(|mutant| (mutant.number, "constant")));
            return Vec::new();
        }
        mutants
    }

    fn leave_out(&mut self, mutants: &[Mutant], why: &'static str) {
        self.left_out.extend(mutants.iter().map(|mutant| (mutant.number, why)));
    }

    fn fixed(&mut self, visit: impl FnOnce(&mut Self)) {
        self.fixed += 1;
        visit(self);
        self.fixed -= 1;
    }

    fn function(&mut self, signature: &Signature, block: &Block, visit: impl FnOnce(&mut Self)) {
        let name = self.of.iter().map(|of| format!("{of}::")).chain([signature.ident.to_string()]).collect::<String>();
        let stays = signature.constness.is_some() && self.constant.contains(&name);
        self.fixed += usize::from(stays);
        if let (Some(constness), false) = (&signature.constness, stays) {
            self.edits.replace(&constness.span().byte_range(), String::new(), Vec::new());
        }
        if let Some(first) = block.stmts.first() {
            let at = first.span().byte_range().start;
            for mutant in self.take("FnValue", first) {
                let text = format!("if {} {{ return {}; }} ", on(mutant.number), mutant.replacement);
                self.edits.insert(at, text, vec![mutant.number]);
            }
        }
        // Functions within are nobody's.
        let of = self.of.take();
        visit(self);
        self.of = of;
        self.fixed -= usize::from(stays);
    }

    /// Whether the left side is no more to be looked at.
    fn binary(&mut self, binary: &syn::ExprBinary) -> bool {
        let mutants = self.take("BinaryOperator", &binary.op);
        if mutants.is_empty() {
            return false;
        }
        let (whole, operator) = (binary.span().byte_range(), binary.op.span().byte_range());
        let (before, after) = (binary.left.span().byte_range().end, binary.right.span().byte_range().start);
        let between = before..after;
        let ids = numbers(&mutants);
        let single = on(mutants[0].number);
        let written = self.source[operator].to_owned();
        match binary.op {
            _ if has_let(&binary.left) || has_let(&binary.right) => self.leave_out(&mutants, "let"),
            BinOp::And(_) | BinOp::Or(_) if mutants.len() == 1 => {
                let not = if written == "&&" { "" } else { "!" };
                self.edits.wrap(&whole, "({ let l: bool = ".into(), " } else { l } })".into(), ids);
                self.edits.replace(&between, format!("; if {not}(l ^ {single}) {{ "), Vec::new());
            }
            BinOp::Eq(_) | BinOp::Ne(_) if mutants.len() == 1 => {
                self.edits.wrap(&whole, "((".into(), format!(") ^ {single})"), ids);
            }
            BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                let tail = format!(")) {{ (l, r) => {} }})", choose(&mutants, &written, ["l", "r"]));
                self.edits.wrap(&whole, "(match (&(".into(), tail, ids);
                self.edits.replace(&between, "), &(".into(), Vec::new());
            }
            BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_) => {
                // The right side is worked out first, as it is for numbers.
                let left = &self.source[binary.left.span().byte_range()];
                let tail = format!("; {} }})", choose(&mutants, &written, [left, "r"]));
                self.edits.wrap(&(after..whole.end), String::new(), tail, ids);
                self.edits.replace(&(whole.start..after), "({ let r = ".into(), Vec::new());
                return true;
            }
            BinOp::And(_) | BinOp::Or(_) | BinOp::Eq(_) | BinOp::Ne(_) => self.leave_out(&mutants, "several"),
            _ => {
                let tail = format!(")) {{ (l, r) => {} }})", choose(&mutants, &written, ["l", "r"]));
                self.edits.wrap(&whole, "(match ((".into(), tail, ids);
                self.edits.replace(&between, "), (".into(), Vec::new());
            }
        }
        false
    }
}

impl<'ast> Visit<'ast> for Weaver<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block, |this| visit::visit_item_fn(this, item));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let outer = std::mem::replace(&mut self.of, name_of(&item.self_ty));
        visit::visit_item_impl(self, item);
        self.of = outer;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block, |this| visit::visit_impl_item_fn(this, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block, |this| visit::visit_trait_item_fn(this, item));
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.fixed(|this| visit::visit_item_const(this, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.fixed(|this| visit::visit_item_static(this, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.fixed(|this| visit::visit_impl_item_const(this, item));
    }

    fn visit_expr_const(&mut self, item: &'ast syn::ExprConst) {
        self.fixed(|this| visit::visit_expr_const(this, item));
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.fixed(|this| visit::visit_item_enum(this, item));
    }

    fn visit_type(&mut self, item: &'ast Type) {
        self.fixed(|this| visit::visit_type(this, item));
    }

    fn visit_expr_repeat(&mut self, item: &'ast syn::ExprRepeat) {
        self.visit_expr(&item.expr);
        self.fixed(|this| this.visit_expr(&item.len));
    }

    fn visit_expr_binary(&mut self, item: &'ast syn::ExprBinary) {
        if self.binary(item) {
            self.visit_expr(&item.right);
        } else {
            visit::visit_expr_binary(self, item);
        }
    }

    fn visit_expr_unary(&mut self, item: &'ast syn::ExprUnary) {
        let mutants = self.take("UnaryOperator", &item.op);
        if let [mutant] = mutants.as_slice() {
            let sign = if matches!(item.op, UnOp::Not(_)) { "!" } else { "-" };
            let tail = format!(") {{ v => if {} {{ v }} else {{ {sign}v }} }})", on(mutant.number));
            self.edits.wrap(&item.span().byte_range(), "(match (".into(), tail, vec![mutant.number]);
            self.edits.replace(&item.op.span().byte_range(), String::new(), Vec::new());
        }
        visit::visit_expr_unary(self, item);
    }

    fn visit_arm(&mut self, item: &'ast syn::Arm) {
        let gone = self.take("MatchArm", item);
        let kept: String = gone.iter().map(|mutant| format!("!{} && ", on(mutant.number))).collect();
        let guard = item.guard.as_ref().map(|(_, guard)| guard);
        let mut forced = guard.map_or_else(Vec::new, |guard| self.take("MatchArmGuard", guard.as_ref()));
        forced.sort_by_key(|mutant| mutant.replacement != "true");
        match guard {
            Some(guard) if has_let(guard) => {
                self.leave_out(&gone, "let");
                self.leave_out(&forced, "let");
            }
            Some(guard) if !gone.is_empty() || !forced.is_empty() => {
                let mut prefix = format!("({kept}(");
                for mutant in &forced {
                    let number = on(mutant.number);
                    prefix += &if mutant.replacement == "true" { format!("{number} || ") } else { format!("!{number} && ") };
                }
                let ids = [numbers(&gone), numbers(&forced)].concat();
                self.edits.wrap(&guard.span().byte_range(), prefix + "(", ")))".into(), ids);
            }
            None if !gone.is_empty() => {
                let at = item.pat.span().byte_range().end;
                self.edits.insert(at, format!(" if {}true", kept), numbers(&gone));
            }
            _ => {}
        }
        visit::visit_arm(self, item);
    }

    fn visit_expr_match(&mut self, item: &'ast syn::ExprMatch) {
        let rest: Vec<_> = item.arms.iter().filter(|arm| arm.guard.is_none() && takes_all(&arm.pat)).collect();
        for arm in &item.arms {
            if arm.guard.is_none() && !rest.iter().any(|other| !std::ptr::eq(*other, arm)) {
                let mutants = self.take("MatchArm", arm);
                self.leave_out(&mutants, "not exhaustive");
            }
        }
        visit::visit_expr_match(self, item);
    }

    fn visit_expr_struct(&mut self, item: &'ast syn::ExprStruct) {
        for field in &item.fields {
            let mutants = self.take("StructField", field);
            let ([mutant], Some(rest)) = (mutants.as_slice(), &item.rest) else {
                continue;
            };
            let name = &self.source[field.member.span().byte_range()];
            let base = &self.source[rest.span().byte_range()];
            let head = format!("if {} {{ ({base}).{name} }} else {{ ", on(mutant.number));
            let head = if field.colon_token.is_some() { head } else { format!("{name}: {head}") };
            self.edits.wrap(&field.expr.span().byte_range(), head, " }".into(), vec![mutant.number]);
        }
        visit::visit_expr_struct(self, item);
    }
}
