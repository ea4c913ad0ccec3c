package lint

import "strings"

var italian = &tongue{
	common: strings.Fields(`il lo la gli le l un uno una di del dello della dei degli delle dell d al allo alla ai agli alle all da dal
		dallo dalla dai dagli dalle dall nel nello nella nei negli nelle nell con col sul sullo sulla sui sugli sulle sull tra fra e ed o
		oppure ma se che chi cui non si mi ti ci vi ne lui lei noi voi loro mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro
		nostra vostro vostra questo questa questi queste quest quello quella quelli quelle quell sono è sei siamo siete essere ho hai
		abbiamo avete hanno avere può puoi possono devi deve devono viene vengono già più anche ancora dopo prima fino quando perché
		così quindi però senza ogni tutto tutti tutta tutte altro altri altra altre alcuni alcune qualsiasi c cosa quale quali nessun nessuno
		per ad come solo dove a i in no me so do data fine piano
		scegli seleziona apri accedi vai fai vedi controlla contatta chiedi inserisci rispondi attendi ricevi trovi resta restano mostra usa chiama oggi subito`),
	endings: newEndings(`o a e i io hi he à
		are ere ire arlo arla arli arle arsi erlo erla erli erle ersi irlo irla irli irle irsi
		iamo ate ete ite ano ono ando endo isco isci isce iscono
		ato ata ati ate uto uta uti ute ito ita iti ite
		avo avi ava avano evo evi eva evano ivo ivi iva ive ivano
		erò erai erà eremo erete eranno irò irai irà iremo irete iranno
		ico ici ice iciamo icono etto etta etti ette`, false),
	vague: texts("qui|qua|clicca qui|cliccare qui|fai clic qui|fare clic qui|premi qui|tocca qui|vai qui|leggi qui|vedi qui|guarda qui|" +
		"più|leggi|leggi di più|leggi tutto|scopri|scopri di più|vedi|vedi di più|vedi altro|per saperne di più|saperne di più|maggiori informazioni|" +
		"altre informazioni|più informazioni|maggiori dettagli|altri dettagli|dettagli|questo|questo link|questa pagina|questo articolo|link|pagina|continua|continua a leggere"),
	numerals: map[string]int{"uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9,
		"dieci": 10, "undici": 11, "dodici": 12, "primo": 1, "prima": 1, "secondo": 2, "seconda": 2, "terzo": 3, "terza": 3, "quarto": 4,
		"quarta": 4, "metà": 2, "mezzo": 2, "cento": 100},
	abbreviations: set("es ecc p pag art cap n nr num tel fig vol ca cfr sig dott dr ing avv max min incl escl gen feb mar apr mag giu lug ago set ott nov dic"),
	small:         set("il lo la gli le un uno una di del dello della dei degli delle dell al allo alla ai agli alle da dal dalla dai dalle nel nella nei nelle con sul sulla sui sulle per tra e o ma se che non è sono ho ha hai a in un"),
	twice:         set("piano via man poco passo così ben"),
	steps:         italianSteps,
	ease: &ease{
		name:   "indice Gulpease",
		least:  50,
		length: letters,
		index:  gulpease,
	},
}
