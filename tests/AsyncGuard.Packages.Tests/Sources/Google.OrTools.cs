using Google.OrTools.Sat;

class Uses
{
    static async Task Directly(CpModel model)
    {
        var solver = new CpSolver();
        var status = solver.Solve(model); //! AGD0106
        await Task.Yield();
    }
}
