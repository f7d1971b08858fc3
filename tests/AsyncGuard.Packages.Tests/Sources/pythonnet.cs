using Python.Runtime;

class Uses
{
    static async Task Directly(PyModule scope, string code)
    {
        using (Py.GIL()) //? AGD0104
        {
            scope.Exec(code); //? AGD0104
            var value = PythonEngine.Eval("1"); //? AGD0104
        }

        PythonEngine.Initialize(); //! AGD0104
        await Task.Yield();
    }
}
