package search

import (
	"strings"
	"testing"

	"helpcenter/site/tomlfile"
)

// The words of a line have the same stem, and no two lines share one.
var conflated = map[string][]string{
	"it": {
		"annullare annullo annulli annulla annullamento annullamenti annullando annullarlo annullano " +
			"annulliamo annullero annullerai annullera annulleranno annullava annullarsi",
		"annullato annullata annullati annullate",
		"abbonamento abbonamenti abbonato abbonarsi abbonare",
		"fattura fatture fatturazione fatturare fatturato",
		"rinnovo rinnovi rinnovare rinnovato rinnova",
		"licenza licenze",
		"contratto contratti",
		"pagamento pagamenti pagare pago paghi pagato pagata paghero",
		"portabilita",
		"amico amici",
		"pratica pratiche",
		"servizio servizi",
		"modificare modifica modifiche modificato modifico",
		"numero numeri",
		"camera camere",
		"telefono telefoni",
		"rimborso rimborsi rimborsare rimborsato",
		"autorizzazione autorizzazioni autorizzare autorizzato",
		"amministratore amministratori amministratrice amministrazione",
		"gratuito gratuita gratuiti gratuite gratuitamente",
		"attivo attiva attivare attivazione attivato",
		"disattivare disattivo disattivazione",
		"addebito addebiti addebitare addebitato addebitati",
		"piano piani",
		"prova prove provare",
		"cambio cambi cambiare cambiato cambiamo",
		"mensile mensili",
		"eliminare elimino eliminato eliminazione eliminati",
		"recupero recuperare recuperato",
		"riunione riunioni",
		"utente utenti",
		"account", "email", "password", "meeting", "webinar",
		"reimpostare reimposta reimpostazione reimposto",
	},
	"en": {
		"cancel cancels canceling cancelling cancellation cancellations cancelation",
		"canceled cancelled",
		"subscription subscriptions subscribe subscribed subscribing",
		"renew renewal renewals renewing renewed",
		"invoice invoices invoiced invoicing",
		"bill bills billing billed",
		"charge charges charged charging",
		"authorise authorize authorised authorization authorisation",
		"delete deleted deleting deletion",
		"activate activation activated activating",
		"policy policies",
		"pay pays paying payment payments",
		"license licence licenses licences",
		"refund refunds refunded refunding refundable",
		"plan plans planned planning",
		"address addresses",
		"account accounts",
		"number numbers",
		"trial trials",
		"meeting meetings",
		"log logs logged logging",
		"add adds added adding",
		"install installs installed installing installation",
		"automatic automatically",
		"expire expires expired expiring",
		"change changes changed changing",
		"status", "browser browsers",
	},
	"fr": {
		"resilier resilie resiliez resilies resiliation resiliations resiliable resiliables",
		"abonnement abonnements abonner abonne abonnes",
		"renouvellement renouvellements renouveler renouvele renouvelle",
		"facture factures facturer facturation facturee",
		"remboursement remboursements rembourser rembourse",
		"annuler annule annulez annulation",
		"licence licences",
		"contrat contrats",
		"administrateur administrateurs administration",
		"numero numeros",
		"gratuit gratuits gratuite gratuites",
		"forfait forfaits",
		"supprimer supprime supprimees supprimez",
		"donnee donnees",
		"connecter connectez connexion",
		"compte comptes",
		"assistance",
		"sauvegarder sauvegarde sauvegardez",
		"navigateur navigateurs",
		"essai essais",
	},
	"de": {
		"kundigen kundige kundigt kundigung kundigungen",
		"abonnement abonnements",
		"verlangern verlangert verlangerung verlangerungen",
		"rechnung rechnungen",
		"recht rechte",
		"storung storungen", "storno stornieren",
		"vertrag vertrage vertrags vertragen",
		"loschen loscht loschung",
		"lizenz lizenzen",
		"nummer nummern",
		"administrator administratoren",
		"gebuhrenfrei gebuhrenfreie gebuhrenfreien",
		"tarif tarife tarifs",
		"tag tage tagen",
		"teilnehmer",
		"produkt produkte produkten",
		"version versionen",
		"browser browsern",
		"berechtigung berechtigungen berechtigt",
	},
	"es": {
		"cancelar cancelo cancelas cancela canceles cancelacion cancelaciones cancelando " +
			"cancelarla cancelable cancelables",
		"cancelado cancelada cancelados canceladas",
		"sala salas", "salir",
		"plaza plazas", "plazo plazos",
		"suscripcion suscripciones",
		"renovar renovacion renovaciones renueva renovado",
		"factura facturas facturacion facturar",
		"licencia licencias",
		"contrato contratos",
		"pago pagos pagar pagas pagado",
		"reembolso reembolsos reembolsar",
		"administrador administradores administradora",
		"permiso permisos",
		"gratuito gratuita gratuitos gratuitas",
		"plan planes",
		"prueba pruebas",
		"eliminar elimina eliminado eliminacion elimino",
		"cuenta cuentas",
		"numero numeros",
		"mes meses",
		"confirmacion confirmar confirmo",
	},
	"pt": {
		"cancelar cancelo cancela cancelamento cancelamentos cancelando cancele " +
			"cancelei cancelavel cancelaveis",
		"cancelado cancelada cancelados canceladas cancelou",
		"contador contadores contadora",
		"assinatura assinaturas assinar assinou",
		"renovar renovacao renovacoes renovado",
		"fatura faturas faturamento",
		"licenca licencas",
		"contrato contratos",
		"pagar pago pagamento pagamentos paga",
		"reembolso reembolsos reembolsar",
		"administrador administradores",
		"permissao permissoes",
		"gratuito gratuita gratuitos",
		"plano planos",
		"teste testes",
		"mes meses",
		"numero numeros",
		"confirmacao confirmar",
		"conta contas",
	},
	"nl": {
		"opzeggen opzegging opzeggingen opzeg opzegt",
		"abonnement abonnementen",
		"verlengen verlengt verlenging verlengingen",
		"licentie licenties",
		"contract contracten",
		"product producten",
		"account accounts",
		"nummer nummers",
		"vergadering vergaderingen vergaderen",
		"ruimte ruimtes",
		"terugbetaling terugbetalingen terugbetalen",
		"pakket pakketten",
		"beheerder beheerders",
		"browser browsers",
		"factuur",
	},
}

func TestLanguages(t *testing.T) {
	var all map[string]language
	if _, findings := tomlfile.Decode("languages.toml", languagesFile, 1, &all); len(findings) > 0 || len(all) < 2 {
		t.Error(all, findings)
	}
}

func TestStem(t *testing.T) {
	for lang, lines := range conflated {
		stemmer := languageOf(lang).Stem
		seen := map[string]string{}
		for _, line := range lines {
			var first string
			for i, word := range strings.Fields(line) {
				got := stemmer.stem(word)
				if i == 0 {
					first = got
				}
				if got != first {
					t.Errorf("%s: %s → %s, want %s", lang, word, got, first)
				}
			}
			if o, ok := seen[first]; ok {
				t.Errorf("%s: %q and %q share the stem %s", lang, o, line, first)
			}
			seen[first] = line
		}
	}
}
