package site_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// Input in another encoding, or cut within a character, is refused or read as far as possible; every answer is
// UTF-8.
func TestInvalidUTF8(t *testing.T) {
	h := server.Handler(sitetest.Parking(t))
	for _, bad := range []string{
		"\xff", "perch\xe9", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "a\x00b", "\x1b[31m",
		strings.Repeat("è", 60)[:101],
	} {
		var coded strings.Builder
		for i := range len(bad) {
			coded.WriteString("%" + string("0123456789abcdef"[bad[i]>>4]) + string("0123456789abcdef"[bad[i]&15]))
		}
		for _, test := range []struct {
			method, address, body string
			statuses              []int
		}{
			{"GET", "/base/it/" + coded.String() + "/", "", []int{404}},
			{"GET", "/base/it/search/?q=" + coded.String(), "", []int{200}},
			{"GET", "/base/it/may-i-park/permit=" + coded.String() + "/", "", []int{404}},
			{"GET", "/base/en/may-i-park/permit=visitor/zone=centre/?renewal=" + coded.String(), "", []int{200, 400}},
			{"GET", sitetest.ParkingAPI + "/" + coded.String(), "", []int{404}},
			{"GET", sitetest.ParkingAPI + "/may-i-park/decision?permit=" + coded.String(), "", []int{400}},
			{"GET", sitetest.ParkingAPI + "/may-i-park/decision?" + coded.String() + "=x", "", []int{400}},
			{"POST", sitetest.ParkingAPI + "/may-i-park/decisions", `[{"permit":"` + bad + `"}]`, []int{400}},
			{"POST", sitetest.ParkingAPI + "/may-i-park/decisions", bad, []int{400}},
		} {
			w := sitetest.Ask(h, test.method, test.address, test.body, "Accept-Language: "+bad)
			known := false
			for _, status := range test.statuses {
				known = known || w.Code == status
			}
			if !known || !utf8.Valid(w.Body.Bytes()) || strings.Contains(w.Body.String(), "\x00") {
				t.Errorf("%s %s %q: status %d, %.200q", test.method, test.address, test.body, w.Code, w.Body)
			}
		}
	}
}
