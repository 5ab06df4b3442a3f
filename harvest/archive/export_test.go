package archive

import "database/sql"

// connectForTest opens a database without making it an archive.
func (a *Archive) connectForTest() (err error) {
	a.write, err = sql.Open("sqlite", a.dsn("rwc"))
	return err
}
